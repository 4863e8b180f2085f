using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace OssPayment.Tests.Fuzz;

/// <summary>
/// Runs properties: some hundred cases each, thousands where OSSPAYMENT_SIZE is full, or as many as OSSPAYMENT_FUZZ_CASES
/// says.
/// </summary>
/// <remarks>
/// A failure shows the seed and the size of its last step: OSSPAYMENT_FUZZ_REPLAY, set to both numbers of the seed and
/// to the size with commas between them, begins with that step.
/// </remarks>
internal static class Fuzzer
{
    /// <summary>Checks what must hold for everything that is generated, and prints the number of cases.</summary>
    internal static void Check<T>(ITestOutputHelper output, Gen<T> generator, int smallCases, Action<T> property)
    {
        int cases = 0;
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Cases(smallCases));
        if (Numbers("OSSPAYMENT_FUZZ_REPLAY") is [ulong seed, ulong gamma, ulong size])
        {
            var replay = new Replay(new Rnd(seed, gamma), FSharpOption<int>.Some((int)size));
            config = config.WithReplay(FSharpOption<Replay>.Some(replay));
        }

        FsCheck.Check.One(config, Prop.ForAll(generator.ToArbitrary(), value =>
        {
            cases++;
            property(value);
        }));
        output.WriteLine($"Fuzz: {cases} cases");
    }

    /// <inheritdoc cref="Check{T}(ITestOutputHelper, Gen{T}, int, Action{T})"/>
    internal static void CheckAsync<T>(ITestOutputHelper output, Gen<T> generator, int smallCases, Func<T, Task> property) =>
        Check(output, generator, smallCases, value => property(value).Soon().GetAwaiter().GetResult());

    private static int Cases(int small) =>
        Numbers("OSSPAYMENT_FUZZ_CASES") is [ulong wanted, ..] ? (int)wanted
        : Environment.GetEnvironmentVariable("OSSPAYMENT_SIZE") == "full" ? 10 * small
        : small;

    private static ulong[] Numbers(string variable) =>
    [
        .. (Environment.GetEnvironmentVariable(variable) ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(number => ulong.Parse(number, CultureInfo.InvariantCulture)),
    ];
}
