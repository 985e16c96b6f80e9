using System.Text.Json;

namespace Ocap.Bundler.Resolution;

/// <summary>What a <c>package.json</c> says about finding and using the modules of its directory.</summary>
internal sealed class PackageJson
{
    private readonly JsonElement _root;

    private PackageJson(string directory, JsonElement root)
    {
        Directory = directory;
        _root = root;
        Name = Text("name");
        IsEsm = Text("type") switch
        {
            "module" => true,
            "commonjs" => false,
            _ => null,
        };
        SideEffects = SideEffectRule.From(Member("sideEffects"));
        Browser = new BrowserMap(Member("browser"));
    }

    /// <summary>Full path of the directory it stands in.</summary>
    public string Directory { get; }

    public string? Name { get; }

    /// <summary>What <c>type</c> says of <c>.js</c> files; null when it says nothing.</summary>
    public bool? IsEsm { get; }

    public SideEffectRule SideEffects { get; }

    public BrowserMap Browser { get; }

    public JsonElement? Exports => Member("exports");

    public JsonElement? Imports => Member("imports");

    /// <summary>The files that may be the package's own, the best first. A <c>require</c> wants CommonJS where there is a choice.</summary>
    public IEnumerable<string> MainFiles(bool isRequire)
    {
        string?[] fields = isRequire ? [Text("browser"), Text("main"), Text("module")] : [Text("browser"), Text("module"), Text("main")];
        return fields.OfType<string>().Where(f => f.Length > 0);
    }

    /// <summary>Reads the file in <paramref name="directory"/>; null when there is none, or none that says anything.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    public static PackageJson? Read(string directory, Func<string, byte[]> read)
    {
        string path = Path.Combine(directory, "package.json");
        if (!File.Exists(path))
        {
            return null;
        }
        byte[] bytes = read(path);
        bool hasMark = bytes.AsSpan().StartsWith("\uFEFF"u8);
        using var document = JsonDocument.Parse(bytes.AsMemory(hasMark ? 3 : 0));
        return document.RootElement.ValueKind == JsonValueKind.Object ? new PackageJson(directory, document.RootElement.Clone()) : null;
    }

    private JsonElement? Member(string name) =>
        _root.TryGetProperty(name, out JsonElement member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    private string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
