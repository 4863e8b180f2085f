using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Emulator;
using Xunit;

namespace OssPayment.Tests.Client.Faults;

/// <summary>The faults that wait for a timeout. All of them run at once, each with an emulator of its own.</summary>
[Collection(nameof(FaultMatrixTests))]
public sealed class SlowFaultTests(SlowFaultTests.Runs runs, ITestOutputHelper output)
    : IClassFixture<SlowFaultTests.Runs>
{
    public static TheoryData<string> Cases =>
        new(FaultMatrix.Cases.Where(faultCase => faultCase.Row.IsSlow).Select(faultCase => faultCase.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_slow_fault_has_the_result_in_the_matrix(string name)
    {
        (FaultRun run, Task played) = runs.Of(name);

        await played;

        // Parallel allocations of other cases count too.
        Assert.InRange(run.Allocated, 0, FaultMatrixTests.MaximumAllocation);
        FaultTally.Add(output, run.Arrived, run.Allocated);
    }

    /// <summary>The cases, begun together.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly List<OssEmulator> _emulators = [];
        private readonly Dictionary<string, (FaultRun, Task)> _runs = [];

        public async ValueTask InitializeAsync()
        {
            string[] names = [.. Cases.Select(row => row.Data)];
            foreach (string _ in names)
            {
                _emulators.Add(await OssEmulator.StartAsync());
            }

            foreach ((string name, OssEmulator emulator) in names.Zip(_emulators))
            {
                var run = new FaultRun(emulator);
                _runs.Add(name, (run, run.PlayAsync(FaultMatrix.Case(name))));
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (OssEmulator emulator in _emulators)
            {
                await emulator.DisposeAsync();
            }
        }

        internal (FaultRun Run, Task Played) Of(string name) => _runs[name];
    }
}
