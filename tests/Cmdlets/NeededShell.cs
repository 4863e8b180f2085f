using System;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>For tests that require PowerShell. Without one they fail in CI, and are skipped on other machines.</summary>
internal static class NeededShell
{
    internal static async Task<Shell> RequireAsync(Task<Shell> search)
    {
        try
        {
            return await search;
        }
        catch (ShellNotFoundException e) when (!PesterRow.IsGate(Environment.GetEnvironmentVariable("CI")))
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
