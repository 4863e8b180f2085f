using System;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>For tests that need a PowerShell: where there is none they fail in a gate, and are skipped on a person's machine.</summary>
internal static class NeededShell
{
    internal static async Task<Shell> FindAsync(ShellFinder finder)
    {
        try
        {
            return await finder.FindAsync(TestContext.Current.CancellationToken);
        }
        catch (ShellNotFoundException e) when (!PesterRow.IsGate(Environment.GetEnvironmentVariable("CI")))
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
