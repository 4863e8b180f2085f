using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The Pester suite: each file is a test, run in a PowerShell of its own against an emulator of its own.</summary>
public sealed class PesterFiles
{
    private readonly ITestOutputHelper _output;

    public PesterFiles(ITestOutputHelper output)
    {
        _output = output;
    }

    public static IEnumerable<TheoryDataRow<string>> Files =>
        Directory.EnumerateFiles(SuiteFolder.Path, "*.Tests.ps1")
            .Select(Path.GetFileName)
            .Order()
            .Select(name => new TheoryDataRow<string>(name!));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_passes_in_PowerShell(string file)
    {
        PowerShellHost shell = await PowerShellHost.FindAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(shell.WhyNot is not null, shell.WhyNot ?? "");

        PesterRun run = await shell.RunPesterAsync(file, TestContext.Current.CancellationToken);

        _output.WriteLine(run.Output);
        Assert.True(run.ExitCode == 0, $"{file}: {run.Output}");
    }
}
