using System.Collections.Generic;

namespace OssPayment.Emulator.Operations;

/// <summary>A complete answer, before it is put on the wire.</summary>
internal sealed record Answer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Answers of these kinds end with their headers, and say nothing of a length.</summary>
    public bool HasNoBody => Status is 204 or 304 or (>= 100 and < 200);
}
