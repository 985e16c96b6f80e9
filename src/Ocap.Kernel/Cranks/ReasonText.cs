using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>A rejection or exit reason for people. A vat may give anything at all, so this never fails.</summary>
internal static class ReasonText
{
    internal static string Of(CapData reason)
    {
        try
        {
            return Prettifier.Prettify(reason);
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException)
        {
            return reason.Body;
        }
    }
}
