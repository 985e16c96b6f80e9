namespace Ocap.Vats.Endowments.Bodies;

/// <summary>One entry of a form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FileName">The name of the file that it is, or null for a text.</param>
/// <param name="ContentType">Of a file; may be empty.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record MultipartPart(string Name, string? FileName, string ContentType, byte[] Content);
