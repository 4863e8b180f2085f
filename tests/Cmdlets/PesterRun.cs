namespace OssPayment.Cmdlets.Tests;

/// <summary>How a Pester file ended.</summary>
/// <param name="ExitCode">0 when every test in it passed.</param>
/// <param name="Output">The failing assertions, and the counts.</param>
internal sealed record PesterRun(int ExitCode, string Output);
