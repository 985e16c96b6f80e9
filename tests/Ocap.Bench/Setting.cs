using System.Globalization;
using Ocap.Bench.Driving;

namespace Ocap.Bench;

/// <summary>What is measured, and where.</summary>
internal sealed class Setting
{
    private readonly Options _options;
    private int _made;

    internal Setting(Options options, string folder)
    {
        _options = options;
        Folder = folder;
        Bundle = Bundled("bench", "bench");
        if (options.Packages is { } packages)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), packages);
            FarBundle = Bundled("bench", "far");
            ObjectsBundle = Bundled("objects", "objects");
        }

        Npm = options.Liveslots is { } script ? new Npm(options.Node, script) : null;
    }

    /// <summary>The executable.</summary>
    internal string Ocap => _options.Ocap;

    /// <summary>A folder for homes and files, on the disk that is measured.</summary>
    internal string Folder { get; }

    /// <summary>The bundle of <c>vats/bench.js</c>.</summary>
    internal string Bundle { get; }

    /// <summary>The same vat with the real @endo/far, if there are packages: some 57 KB.</summary>
    internal string? FarBundle { get; }

    /// <summary>The bundle of <c>vats/objects.js</c> with the real @endo/exo and @agoric/store, if there are packages: some 250 KB.</summary>
    internal string? ObjectsBundle { get; }

    /// <summary>The real liveslots, if it is there.</summary>
    internal Npm? Npm { get; }

    /// <summary>Also with 1 000 vats: takes a minute and a gigabyte.</summary>
    internal bool WithThousand => _options.WithThousand;

    /// <summary>Also with a million entries in a store: takes minutes and gigabytes.</summary>
    internal bool WithMillion => _options.WithMillion;

    internal Home NewHome() => new(Ocap, Folder, string.Create(CultureInfo.InvariantCulture, $"home{_made++}"));

    /// <summary>The small vat's bundle under a hash that no daemon has seen.</summary>
    internal string FreshBundle() => Fresh(Bundle);

    /// <summary>A copy that differs in nothing but its hash.</summary>
    internal string Fresh(string original)
    {
        string copy = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"bundle{_made++}.bundle"));
        string text = File.ReadAllText(original).TrimEnd();
        File.WriteAllText(copy, text + new string(' ', _made));
        return copy;
    }

    private string Bundled(string vat, string name)
    {
        string source = Path.Combine(Folder, name + ".js");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "vats", vat + ".js"), source);
        Child.Run(Ocap, ["bundle", source]);
        return Path.ChangeExtension(source, ".bundle");
    }
}
