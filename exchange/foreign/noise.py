"""Compares the noise of counts with that of OpenDP: as many draws of each, by a chi-square test of two samples. Wrong samplers must be found by the same
test.

    noise.py PROGRAM [EPSILON...]     PROGRAM EPSILON DRAWS writes lines "value times"; epsilon in millionths, all values of EPSILONS unless told

The two are compared with one another, not with a formula. OpenDP draws by the algorithm that is used here too (make_laplace), and, for one value of epsilon, by
another one, which tosses a coin for each step away from zero (make_geometric with bounds)."""

import bisect
import collections
import math
import subprocess
import sys

import opendp.prelude as dp

DRAWS = 2_000_000
# Each value of epsilon, and a wrong one near it, which must be found: 2 % off. At 10, where only one draw in 11,000 is not zero, 20 %.
EPSILONS = {
    1_000: 1_020,
    10_000: 9_800,
    100_000: 102_000,
    693_147: 679_284,
    1_000_000: 1_020_000,
    3_000_000: 2_940_000,
    10_000_000: 8_000_000,
}
# Where the other algorithm is compared, and up to which size it draws; what is larger it tells as that.
STEPWISE, REACH = 1_000_000, 12
# In each class so many draws of each sample are expected at least.
LEAST = 50
# That one of all comparisons fails though nothing is wrong is less probable than this.
FALSE_ALARM = 1e-6


def ours(program, epsilon):
    told = subprocess.run([program, str(epsilon), str(DRAWS)], check=True, capture_output=True, text=True).stdout
    seen = collections.Counter({int(value): int(times) for value, times in map(str.split, told.splitlines())})
    if seen.total() != DRAWS:
        raise ValueError(f"{program} drew {seen.total()} times, not {DRAWS}")
    return seen


def theirs(measurement):
    seen, at_once = collections.Counter(), 100_000
    for _ in range(DRAWS // at_once):
        seen.update(measurement([0] * at_once))
    return seen


def space():
    dp.enable_features("contrib")
    return dp.vector_domain(dp.atom_domain(T=dp.i64)), dp.l1_distance(T=dp.i64)


def edges(epsilon):
    """The sizes with which classes begin, but for zero, which is one by itself: a quarter of the mean size wide, as far as enough draws are expected in each."""
    rate = epsilon / 1e6
    width = max(1, round(0.25 / rate))
    beyond = lambda size: DRAWS * math.exp(-rate * size) / (1 + math.exp(-rate))
    found = [1]
    while beyond(found[-1]) - beyond(found[-1] + width) >= LEAST and beyond(found[-1] + width) >= LEAST:
        found.append(found[-1] + width)
    return found


def statistic(one, other, begins):
    """Of two samples, which need not be of one size; and how many degrees of freedom it has."""
    classes = collections.defaultdict(lambda: [0, 0])
    for which, seen in enumerate((one, other)):
        for value, times in seen.items():
            place = bisect.bisect_right(begins, abs(value))
            classes[place if value > 0 else -place][which] += times
    first, second = one.total(), other.total()
    parts = ((a * math.sqrt(second / first) - b * math.sqrt(first / second)) ** 2 / (a + b) for a, b in classes.values())
    return sum(parts), len(classes) - 1


def bound(freedom, alarms):
    """Chi-square is above this with a probability of at most FALSE_ALARM / alarms (Laurent and Massart 2000, lemma 1)."""
    x = math.log(alarms / FALSE_ALARM)
    return freedom + 2 * math.sqrt(freedom * x) + 2 * x


def wrong(program, epsilon, right):
    """Samplers that are wrong by a little: what they are, and what they drew."""
    yield f"epsilon is {EPSILONS[epsilon]}", ours(program, EPSILONS[epsilon])
    # So few draws that are not zero show no less than that.
    if epsilon == max(EPSILONS):
        return
    yield "zero may have either sign", right + collections.Counter({0: right[0]})
    turned = right.copy()
    for value, times in right.items():
        if value < 0:
            turned[value] -= times // 10
            turned[-value] += times // 10
    yield "a tenth of what is negative is positive", turned


def main(program, epsilons):
    alarms, compared, found, faults = len(EPSILONS) + 1, 0, 0, []
    for epsilon in epsilons:
        begins = edges(epsilon)
        right = ours(program, epsilon)
        others = {"make_laplace": theirs(dp.m.make_laplace(*space(), scale=1e6 / epsilon))}
        if epsilon == STEPWISE:
            assert begins[-1] <= REACH, begins
            others["make_geometric"] = theirs(dp.m.make_geometric(*space(), scale=1e6 / epsilon, bounds=(-REACH, REACH)))
        for name, other in others.items():
            value, freedom = statistic(right, other, begins)
            limit = bound(freedom, alarms)
            print(f"epsilon {epsilon}, {name}: {value:.1f} with {freedom} degrees of freedom, at most {limit:.1f}", flush=True)
            compared += 1
            if value > limit:
                faults.append(f"epsilon {epsilon}: not the distribution of {name}")
        for what, draws in wrong(program, epsilon, right):
            value, freedom = statistic(draws, others["make_laplace"], begins)
            limit = bound(freedom, alarms)
            print(f"epsilon {epsilon}, wrong: {what}: {value:.1f} with {freedom} degrees of freedom, found above {limit:.1f}", flush=True)
            found += 1
            if value <= limit:
                faults.append(f"epsilon {epsilon}: not found that {what}")
    if faults:
        print(f"RESULT: failed: {'; '.join(faults)}")
        return 1
    print(f"RESULT: passed: in {compared} comparisons of {DRAWS} draws each the noise is that of OpenDP, and {found} wrong samplers were found")
    return 0


if __name__ == "__main__":
    told = [int(epsilon) for epsilon in sys.argv[2:]]
    sys.exit(main(sys.argv[1], told or list(EPSILONS)))
