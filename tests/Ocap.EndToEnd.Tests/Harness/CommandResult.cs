namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>What one run of the command line left: its streams in full, and its exit code (128 + n for signal n).</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
