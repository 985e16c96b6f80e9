using System.Globalization;

namespace Ocap.Cli.Client;

/// <summary>What the system tells of a process that does not tell anything itself.</summary>
internal static class ProcessState
{
    /// <summary>Whether a signal has stopped it (SIGSTOP, Ctrl-Z) or a debugger holds it. Where the system does not say so, no.</summary>
    internal static bool IsStopped(int pid)
    {
        try
        {
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            // Its name, in parentheses, may hold anything.
            return status[(status.LastIndexOf(')') + 1)..].TrimStart() is ['T' or 't', ..];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
