namespace Ocap.Vats.Promises;

/// <summary>What can be asked of the target of an eventual send.</summary>
internal enum HandlerOperation
{
    Get,
    ApplyFunction,
    ApplyMethod,
}

/// <summary>The names under which JavaScript handlers implement operations.</summary>
internal static class HandlerOperationNames
{
    internal static string Name(this HandlerOperation operation) => operation switch
    {
        HandlerOperation.Get => "get",
        HandlerOperation.ApplyFunction => "applyFunction",
        _ => "applyMethod",
    };
}
