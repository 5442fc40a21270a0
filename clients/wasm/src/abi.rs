//! What JavaScript calls. All that is unsafe is here.
//!
//! A caller asks for room with `alloc`, writes an input into it, calls a function with address and length, reads the
//! answer, and gives both back with `free`. The answer's address is in the upper 32 bits of the result, its length in
//! the lower ones. A caller that breaks these rules harms nobody but itself: memory outside this module cannot be
//! reached, and an address outside its memory ends the call.

#![allow(unsafe_code, reason = "addresses come from outside")]
#![allow(clippy::as_conversions, reason = "an address has 32 bits here")]

use alloc::{
	alloc::{alloc, dealloc, Layout},
	boxed::Box,
	vec::Vec,
};
use core::{ptr, slice};

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// Ends the call: JavaScript gets a `RuntimeError`. Reached only when there is no memory left.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
	core::arch::wasm32::unreachable()
}

/// The form of inputs and answers: [`ABI_VERSION`](crate::ABI_VERSION).
#[no_mangle]
pub extern "C" fn abi_version() -> u32 {
	crate::ABI_VERSION
}

/// Room for an input of `length` bytes, or 0: `length` is 0 or above [`MAX_INPUT`](crate::MAX_INPUT), or there is no
/// memory left.
#[export_name = "alloc"]
pub extern "C" fn allocate(length: u32) -> *mut u8 {
	match layout(length) {
		// SAFETY: the layout is not of size 0.
		Some(layout) if layout.size() <= crate::MAX_INPUT => unsafe { alloc(layout) },
		_ => ptr::null_mut(),
	}
}

/// Gives room back.
///
/// # Safety
///
/// `address` came from `alloc` with this length, or is the answer of a function with this length, and was not given
/// back before.
#[no_mangle]
pub unsafe extern "C" fn free(address: *mut u8, length: u32) {
	if let (false, Some(layout)) = (address.is_null(), layout(length)) {
		// SAFETY: what the caller promises. An answer is a boxed slice of bytes, which has this layout.
		unsafe { dealloc(address, layout) }
	}
}

/// [`crate::decide`].
///
/// # Safety
///
/// `length` bytes at `address` were written by the caller.
#[no_mangle]
pub unsafe extern "C" fn decide(address: *const u8, length: u32) -> u64 {
	// SAFETY: what the caller promises.
	hand_over(crate::decide(unsafe { input(address, length) }))
}

/// [`crate::adjudicate`].
///
/// # Safety
///
/// `length` bytes at `address` were written by the caller.
#[no_mangle]
pub unsafe extern "C" fn adjudicate(address: *const u8, length: u32) -> u64 {
	// SAFETY: what the caller promises.
	hand_over(crate::adjudicate(unsafe { input(address, length) }))
}

/// [`crate::open_sealed`].
///
/// # Safety
///
/// `length` bytes at `address` were written by the caller.
#[no_mangle]
pub unsafe extern "C" fn open_sealed(address: *const u8, length: u32) -> u64 {
	// SAFETY: what the caller promises.
	hand_over(crate::open_sealed(unsafe { input(address, length) }))
}

/// The layout of `length` bytes, or `None` if that is none.
fn layout(length: u32) -> Option<Layout> {
	(length > 0).then(|| Layout::array::<u8>(length as usize).ok()).flatten()
}

/// # Safety
///
/// `length` bytes at `address` were written by the caller, and stay as they are while they are read.
unsafe fn input<'a>(address: *const u8, length: u32) -> &'a [u8] {
	if address.is_null() {
		return &[];
	}
	// What is longer than room can be is refused by its length, whatever that is.
	let length = (length as usize).min(crate::MAX_INPUT + 1);
	// SAFETY: what the caller promises.
	unsafe { slice::from_raw_parts(address, length) }
}

/// Address and length of an answer, which is the caller's from now on. It is never empty.
fn hand_over(answer: Vec<u8>) -> u64 {
	let answer: &'static mut [u8] = Box::leak(answer.into_boxed_slice());
	((answer.as_ptr() as usize as u64) << 32) | answer.len() as u64
}
