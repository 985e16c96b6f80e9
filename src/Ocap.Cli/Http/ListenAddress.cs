using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ocap.Cli.Verbs;

namespace Ocap.Cli.Http;

/// <summary>Where to listen, as typed.</summary>
/// <param name="Address">Null for this machine alone.</param>
/// <param name="Port">0 for any that is free.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    private const int DefaultPort = 3000;

    /// <exception cref="CommandException">What was typed is no port or no address.</exception>
    internal static ListenAddress Parse(string? port, string? host)
    {
        int number = DefaultPort;
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > IPEndPoint.MaxPort))
            throw new CommandException($"--port must be a number from 0 to {IPEndPoint.MaxPort}, got: {port}");
        if (host is null or "localhost")
            return new ListenAddress(null, number);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new ListenAddress(address, number)
            : throw new CommandException($"--host must be an address of this machine (0.0.0.0 for all it has), got: {host}");
    }

    internal bool IsOpenToOthers => Address is not null && !IPAddress.IsLoopback(Address);

    /// <summary>What to type into a browser on this machine.</summary>
    internal string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{port}");

    private string Host => Address is null || Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? "localhost"
        : Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();
}
