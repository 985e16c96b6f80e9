namespace Ocap.Vats.Liveslots;

/// <summary>What deleting a stored object, or as much of it as one crank may, has come to.</summary>
/// <param name="MayFree">Heap objects may have become garbage by it.</param>
/// <param name="Rows">How many entries were deleted.</param>
/// <param name="IsWhole">Nothing is left of it.</param>
internal readonly record struct StoredDeletion(bool MayFree, int Rows = 1, bool IsWhole = true);
