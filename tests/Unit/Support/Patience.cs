using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace OssPayment.Tests;

/// <summary>The time that a test waits for an event that must happen. Only a hang lasts that long.</summary>
internal static class Patience
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Waits until it is so.</summary>
    internal static async Task UntilAsync(Func<bool> isSo)
    {
        var stopwatch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(stopwatch.Elapsed < Limit, "It never was so.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    internal static Task Soon(this Task task) => task.WaitAsync(Limit);

    internal static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
