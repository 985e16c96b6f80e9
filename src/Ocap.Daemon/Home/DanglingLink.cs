namespace Ocap.Daemon.Home;

/// <summary>Symbolic links to what is not there. Of such a link .NET says that it exists, and then that it cannot be found.</summary>
public static class DanglingLink
{
    /// <summary>Where the link points, when there is nothing; null for everything else.</summary>
    public static string? TargetOf(string path) => new FileInfo(path).LinkTarget is { } target && !LeadsSomewhere(path) ? target : null;

    private static bool LeadsSomewhere(string path)
    {
        try
        {
            return Path.Exists(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName);
        }
        catch (IOException)
        {
            return false; // its links go round in a circle
        }
    }
}
