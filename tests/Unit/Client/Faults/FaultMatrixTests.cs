using System.Linq;
using System.Threading.Tasks;
using OssPayment.Emulator;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>The faults of an endpoint, and what a user sees.</summary>
/// <remarks>No other test runs beside these, because allocations are measured for the whole process.</remarks>
[Collection(nameof(FaultMatrixTests))]
[CollectionDefinition(nameof(FaultMatrixTests), DisableParallelization = true)]
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    internal const long MaximumAllocation = 64 * 1024 * 1024;

    public static TheoryData<string> Cases =>
        new(FaultMatrix.Cases.Where(faultCase => !faultCase.Row.IsSlow).Select(faultCase => faultCase.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fault_has_the_result_in_the_matrix(string name)
    {
        // A connection of an earlier case can deliver a request late, so connections are not shared.
        await using OssEmulator emulator =
            await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var run = new FaultRun(emulator);

        await run.PlayAsync(FaultMatrix.Case(name));

        Assert.InRange(run.Allocated, 0, MaximumAllocation);
        FaultTally.Add(output, run.Arrived, run.Allocated);
    }
}
