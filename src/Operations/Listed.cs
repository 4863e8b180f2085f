namespace OssPayment.Operations;

/// <summary>An item of a listing: what was read, or the reason why it cannot be read.</summary>
internal sealed class Listed<TValue>
    where TValue : class
{
    internal Listed(string name, TValue value)
    {
        Name = name;
        Value = value;
    }

    internal Listed(string name, OssRequestException error)
    {
        Name = name;
        Error = error;
    }

    internal string Name { get; }

    /// <summary>Null if it cannot be read.</summary>
    internal TValue? Value { get; }

    /// <summary>Null if it can be read.</summary>
    internal OssRequestException? Error { get; }
}
