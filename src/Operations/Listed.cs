namespace OssPayment.Operations;

/// <summary>An item of a listing: what was read, or the reason why it cannot be read.</summary>
internal sealed record Listed<TValue>(string Name, TValue? Value, OssRequestException? Error = null)
    where TValue : class;
