// What turns the bench red is tried in each run of the tests, since the bench itself takes most of an hour.
import '../bench/gates.test.js';
