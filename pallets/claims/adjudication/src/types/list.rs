//! A list with a greatest length in its type.

use alloc::vec::Vec;
use codec::{
	decode_vec_with_len, Compact, Decode, DecodeWithMemTracking, Encode, EncodeLike,
	Error as CodecError, Input, MaxEncodedLen, Output,
};
use core::ops::Deref;
use scale_info::{build::Fields, MetaType, Path, Type, TypeInfo, TypeParameter};

/// At most `MAX` values, encoded like a `Vec`. FRAME's `BoundedVec` does the same, but would bring
/// FRAME's crates here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct List<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> List<T, MAX> {
	/// No value.
	pub const fn new() -> Self {
		Self(Vec::new())
	}

	/// No value, with room for `capacity`, or for `MAX` if that is less.
	pub fn with_capacity(capacity: usize) -> Self {
		Self(Vec::with_capacity(capacity.min(MAX)))
	}

	/// Adds a value at the end.
	///
	/// # Errors
	///
	/// Gives the value back if there are `MAX` already.
	pub fn try_push(&mut self, value: T) -> Result<(), T> {
		if self.0.len() >= MAX {
			return Err(value);
		}
		self.0.push(value);
		Ok(())
	}

	/// The values, without their bound.
	pub fn into_inner(self) -> Vec<T> {
		self.0
	}
}

impl<T, const MAX: usize> Default for List<T, MAX> {
	fn default() -> Self {
		Self::new()
	}
}

impl<T, const MAX: usize> TryFrom<Vec<T>> for List<T, MAX> {
	type Error = Vec<T>;

	fn try_from(values: Vec<T>) -> Result<Self, Vec<T>> {
		if values.len() > MAX {
			Err(values)
		} else {
			Ok(Self(values))
		}
	}
}

impl<T, const MAX: usize> Deref for List<T, MAX> {
	type Target = [T];

	fn deref(&self) -> &[T] {
		&self.0
	}
}

impl<T: Encode, const MAX: usize> Encode for List<T, MAX> {
	fn size_hint(&self) -> usize {
		self.0.size_hint()
	}

	fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
		self.0.encode_to(output)
	}
}

impl<T: Encode, const MAX: usize> EncodeLike for List<T, MAX> {}

impl<T: Decode, const MAX: usize> Decode for List<T, MAX> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, CodecError> {
		// The length is checked before anything is allocated.
		let Compact(length) = Compact::<u32>::decode(input)?;
		match usize::try_from(length) {
			Ok(length) if length <= MAX => decode_vec_with_len(input, length).map(Self),
			_ => Err("the list is too long".into()),
		}
	}
}

// Decoded by `decode_vec_with_len`, which tracks what it allocates.
impl<T: DecodeWithMemTracking, const MAX: usize> DecodeWithMemTracking for List<T, MAX> {}

impl<T: MaxEncodedLen, const MAX: usize> MaxEncodedLen for List<T, MAX> {
	fn max_encoded_len() -> usize {
		// No list of this crate has a length of more than 32 bits.
		let length = u32::try_from(MAX).unwrap_or(u32::MAX);
		MAX.saturating_mul(T::max_encoded_len()).saturating_add(Compact(length).encoded_size())
	}
}

// A type of its own in the metadata, as a bounded vector is: a front-end sees that it has an end.
impl<T: TypeInfo + 'static, const MAX: usize> TypeInfo for List<T, MAX> {
	type Identity = Self;

	fn type_info() -> Type {
		Type::builder()
			.path(Path::new("List", module_path!()))
			.type_params([TypeParameter::new("T", Some(MetaType::new::<T>()))])
			.composite(Fields::unnamed().field(|field| field.ty::<Vec<T>>().type_name("Vec<T>")))
	}
}
