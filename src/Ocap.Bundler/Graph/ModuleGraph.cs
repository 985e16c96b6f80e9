using Ocap.Bundler.BuiltIns;
using Ocap.Bundler.Resolution;

namespace Ocap.Bundler.Graph;

/// <summary>The entry module and everything it imports.</summary>
internal sealed class ModuleGraph
{
    private readonly Dictionary<string, Module> _byKey = new(StringComparer.Ordinal);
    private readonly List<Module> _inOrder = [];
    private readonly Resolver _resolver;
    private readonly string _displayDirectory;
    private readonly Func<string, byte[]> _read;

    private ModuleGraph(BundleOptions options, Warnings warnings)
    {
        _displayDirectory = options.DisplayDirectory;
        _read = options.Read;
        _resolver = new Resolver(options, warnings);
    }

    public Module Entry => _inOrder[^1];

    /// <summary>All modules, dependencies before dependents: the order in which JavaScript evaluates ES modules.</summary>
    public IReadOnlyList<Module> InOrder => _inOrder;

    public static ModuleGraph Load(string entryPath, BundleOptions options, Warnings warnings)
    {
        var graph = new ModuleGraph(options, warnings);
        ModuleSource source = graph.ReadEntry(entryPath);
        var entry = new Module(source);
        graph._byKey.Add(source.Key, entry);
        graph.Follow(entry);
        graph._resolver.WarnOfStandIns();
        return graph;
    }

    private ModuleSource ReadEntry(string path)
    {
        string name = SourceReader.DisplayName(path, _displayDirectory);
        try
        {
            return TryRead(_resolver.RealPath(path), out string? failure) ?? throw new BundleException(name, null, failure!, []);
        }
        catch (ResolutionException e)
        {
            throw new BundleException(name, null, e.Message, []);
        }
    }

    // Depth first, dependencies before dependents, and a cycle is broken where it closes. A work list, for chains of imports can be long.
    private void Follow(Module entry)
    {
        var open = new Stack<(Module Module, int Next)>();
        Open(entry);
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Module.Dependencies.Length)
            {
                _inOrder.Add(top.Module);
                continue;
            }
            open.Push((top.Module, top.Next + 1));
            if (Find(top.Module, top.Module.Contents.Requests[top.Next], out bool isNew) is { } dependency)
            {
                top.Module.Dependencies[top.Next] = dependency;
                if (isNew)
                {
                    Open(dependency);
                }
            }
        }

        void Open(Module module)
        {
            ModuleParser.Parse(module);
            module.Dependencies = new Module?[module.Contents.Requests.Count];
            open.Push((module, 0));
        }
    }

    // What is not there is only missed by modules that are needed. CommonJS may ask for it and go on without.
    private Module? Find(Module importer, ImportRequest request, out bool isNew)
    {
        isNew = true;
        try
        {
            Resolved found = _resolver.Resolve(importer, request.Specifier, request.IsRequire);
            if (_byKey.TryGetValue(found.Key, out Module? known))
            {
                isNew = false;
                return known;
            }
            var module = new Module(Read(importer, request, found)) { ImportedBy = importer };
            _byKey.Add(found.Key, module);
            return module;
        }
        catch (ResolutionException e) when (request.IsRequire && (request.IsOptional || !e.IsAbsent))
        {
            if (!request.IsOptional)
            {
                importer.Contents.Warnings.Add(importer.Note(request.Index, $"{e.Message} It fails if it is ever required."));
            }
            return null;
        }
        catch (ResolutionException e)
        {
            return new Module(new ModuleSource("absent:", File: null, request.Specifier, "") { IsEsm = false }) { ImportedBy = importer, Absence = (request.Index, e.Message) };
        }
    }

    private ModuleSource Read(Module importer, ImportRequest request, Resolved found)
    {
        if (found.BuiltIn is { } builtIn)
        {
            return BuiltInModules.Read(builtIn);
        }
        return found.File is { } file
            ? TryRead(file, out string? failure) ?? throw importer.Error(request.Index, $"\"{request.Specifier}\" cannot be used. {failure}")
            : new ModuleSource(found.Key, File: null, "an empty module", "") { IsEsm = false };
    }

    private ModuleSource? TryRead(string path, out string? failure)
    {
        if (!SourceReader.TryRead(path, _read, SourceReader.DisplayName(path, _displayDirectory), out ModuleSource? source, out failure))
        {
            return null;
        }
        PackageJson? package = _resolver.PackageOf(path);
        return source with
        {
            IsEsm = SourceKinds.IsEsm(path) ?? package?.IsEsm,
            HasSideEffects = package?.SideEffects.Covers(SourceReader.DisplayName(path, package.Directory)) ?? true,
        };
    }
}
