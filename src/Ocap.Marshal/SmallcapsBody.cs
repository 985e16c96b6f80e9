using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>How deep a body's JSON may nest. Vats make the bodies; the default of 64 levels would refuse what they accept.</summary>
internal static class SmallcapsBody
{
    public static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 1000 };
}
