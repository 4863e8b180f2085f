using System.Collections.Generic;

namespace OssPayment.Tests.Client.Faults;

/// <summary>A row of the matrix, played to one operation.</summary>
/// <param name="Row">The row.</param>
/// <param name="Operation">The operation.</param>
/// <param name="IsRetried">Whether the fault happens once only, so that a second attempt succeeds.</param>
internal sealed record FaultCase(FaultRow Row, FaultOperation Operation, bool IsRetried)
{
    internal string Name =>
        $"{Operation.Name}: {Row.Name}: {(IsRetried ? "success at the second attempt" : Row.EndOf(Operation))}";

    internal FaultEnd End => IsRetried ? FaultEnd.Success : Row.EndOf(Operation);

    internal int Retries => (Row.IsTransient || Row.IsSentOnce) && !IsRetried ? 0 : 2;

    internal static IEnumerable<FaultCase> Of(FaultRow row)
    {
        foreach (FaultOperation operation in FaultOperation.All)
        {
            yield return new FaultCase(row, operation, IsRetried: false);
            if (row.IsTransient)
            {
                yield return new FaultCase(row, operation, IsRetried: true);
            }
        }
    }
}
