using System.Runtime.Versioning;

namespace Ocap.Vats.Hosting.Confinement;

/// <summary>
/// Takes from this process what running vats does not need, in two steps: files and privileges at once, system calls when everything is warm. What the system
/// does not offer is left out, and said.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Confined
{
    private readonly List<string> _taken = [];
    private readonly List<string> _missing = [];

    /// <summary>The first step. Called while this is the only thread that will ever start others: what is given up here is given up per thread.</summary>
    internal static Confined Begin()
    {
        var confined = new Confined();
        confined.Note("no new privileges", ProcessTies.TryGiveUpPrivileges());
        confined.Note("resource limits", ProcessTies.TryForbidFiles());
        int landlock = OperatingSystem.IsLinux() ? Landlock.TryRestrict() : 0;
        confined.Note(landlock > 0 ? $"Landlock {landlock}" : "Landlock", landlock > 0);
        return confined;
    }

    /// <summary>The second step. Says, for people, what is in force and what is not.</summary>
    internal string Finish()
    {
        _ = ProcessTies.TryForbidDescriptors();
        Note("seccomp", OperatingSystem.IsLinux() && SystemCallFilter.TryInstall());
        string taken = _taken.Count == 0 ? "none" : string.Join(", ", _taken);
        return _missing.Count == 0 ? taken : $"{taken}; not to be had here: {string.Join(", ", _missing)}";
    }

    private void Note(string what, bool isInForce) => (isInForce ? _taken : _missing).Add(what);
}
