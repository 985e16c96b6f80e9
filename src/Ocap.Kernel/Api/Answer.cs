namespace Ocap.Kernel.Api;

/// <summary>How a request to the kernel came out: a value, or a sentence that says why not.</summary>
public readonly record struct Answer<T>(T? Value, string? Failure)
{
    /// <summary>True when there is a value.</summary>
    public bool IsOk => Failure is null;

    /// <summary>A success.</summary>
    public static Answer<T> Ok(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static Answer<T> Fail(string failure) => new(default, failure);
}

/// <summary>The value of a request that only succeeds or fails.</summary>
public readonly record struct Done;
