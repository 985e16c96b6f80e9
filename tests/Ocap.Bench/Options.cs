using System.Globalization;

namespace Ocap.Bench;

/// <summary>The command line.</summary>
internal sealed record Options(string Ocap, int Rounds, bool Json, bool Force, bool WithThousand, bool WithMillion, IReadOnlyList<string> Only)
{
    internal const string Usage = "usage: scripts/bench.sh [--force] [--json] [--rounds N] [--1000] [--1M] [commands|requests|deliveries|liveslots|launches|residence|idleness|growth]…";

    /// <summary>A folder of npm packages that vats can be bundled with, if there is one.</summary>
    internal string? Packages { get; init; }

    /// <summary>The Node that runs the real liveslots.</summary>
    internal string Node { get; init; } = "node";

    /// <summary>node/liveslots.mjs, where its packages are, if there is one.</summary>
    internal string? Liveslots { get; init; }

    /// <summary>Null when the arguments make no sense.</summary>
    internal static Options? Parse(string[] arguments)
    {
        Options options = new("", 3, Json: false, Force: false, WithThousand: false, WithMillion: false, []);
        List<string> only = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string? Next() => ++i < arguments.Length ? arguments[i] : null;
            switch (arguments[i])
            {
                case "--ocap" when Next() is { } path:
                    options = options with { Ocap = path };
                    break;
                case "--packages" when Next() is { } path:
                    options = options with { Packages = path };
                    break;
                case "--node" when Next() is { } path:
                    options = options with { Node = path };
                    break;
                case "--liveslots" when Next() is { } path:
                    options = options with { Liveslots = path };
                    break;
                case "--rounds" when int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--force":
                    options = options with { Force = true };
                    break;
                case "--1000":
                    options = options with { WithThousand = true };
                    break;
                case "--1M":
                    options = options with { WithMillion = true };
                    break;
                case "commands" or "requests" or "deliveries" or "liveslots" or "launches" or "residence" or "idleness" or "growth":
                    only.Add(arguments[i]);
                    break;
                default:
                    return null;
            }
        }

        return File.Exists(options.Ocap) ? options with { Only = only } : null;
    }

    internal bool Wants(string part) => Only.Count == 0 || Only.Contains(part, StringComparer.Ordinal);
}
