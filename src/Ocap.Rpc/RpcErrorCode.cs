namespace Ocap.Rpc;

/// <summary>The error codes of JSON-RPC 2.0. The reference answers -32603 where 2.0 says -32700 or -32602; we follow 2.0.</summary>
public static class RpcErrorCode
{
    /// <summary>The line is not JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The line is JSON, but not a request.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>No method of that name.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The method does not take these parameters.</summary>
    public const int InvalidParams = -32602;

    /// <summary>The method failed; the message says why.</summary>
    public const int InternalError = -32603;
}
