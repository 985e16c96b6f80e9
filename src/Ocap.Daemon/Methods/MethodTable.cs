using System.Collections.Frozen;
using System.Text;
using Ocap.Daemon.Log;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary>The methods of the control socket: one row, and one file, each (spec/rpc.md §4).</summary>
internal sealed class MethodTable
{
    private const int LongestName = 64;

    private readonly FrozenDictionary<string, RpcMethod>.AlternateLookup<ReadOnlySpan<char>> _methods;

    internal MethodTable(RpcServices services, ServerLimits limits, DaemonLog log, TimeProvider time)
    {
        RpcMethod[] methods =
        [
            GetStatus.Create(services),
            GetDaemonInfo.Create(services, time),
            LaunchSubcluster.Create(services, limits),
            TerminateSubcluster.Create(services),
            PingVat.Create(services),
            RestartVat.Create(services),
            TerminateVat.Create(services),
            TerminateAllVats.Create(services),
            QueueMessage.Create(services),
            ExecuteDbQuery.Create(services, limits, log),
            CollectGarbage.Create(services),
            ClearState.Create(services),
            Revoke.Create(services),
            IsRevoked.Create(services),
            IssueOcapUrl.Create(services),
            RedeemOcapUrl.Create(services),
            InitRemoteComms.Create(),
            RegisterLocationHints.Create(),
            Shutdown.Create(services),
        ];
        Names = [.. methods.Select(method => method.Name)];
        _methods = methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Every method's name.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The method of that name; null when there is none.</summary>
    /// <param name="name">UTF-8.</param>
    internal RpcMethod? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[LongestName];
        return name.Length <= LongestName && _methods.TryGetValue(text[..Encoding.UTF8.GetChars(name, text)], out RpcMethod? method) ? method : null;
    }
}
