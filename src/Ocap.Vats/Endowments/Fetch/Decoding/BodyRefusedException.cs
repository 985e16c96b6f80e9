namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>A body cannot be decoded any further: what the vat's code is told.</summary>
internal sealed class BodyRefusedException(string message, string? code) : Exception(message)
{
    internal string? Code => code;

    internal static BodyRefusedException TooLarge(long most) => new($"the body has more than {most >> 20} MiB", null);

    internal static BodyRefusedException NotValid(string coding) => new($"the body is no valid {coding}", "Z_DATA_ERROR");
}
