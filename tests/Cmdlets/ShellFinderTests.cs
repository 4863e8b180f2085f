using System;
using System.IO;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;
using Xunit;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The choice of a PowerShell, and the error if there is no PowerShell.</summary>
public sealed class ShellFinderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_variable_takes_precedence_over_PATH()
    {
        string named = Program("named", "7.2.1");
        var finder = new ShellFinder { Named = named, SearchPath = FolderWith("7.5.0"), Root = Unrestorable() };

        Shell shell = await finder.FindAsync(Cancellation);

        Assert.Equal([named], shell.CommandLine);
        Assert.Equal("PowerShell 7.2.1, named by OSSPAYMENT_PWSH", shell.Description);
    }

    [Fact]
    public async Task A_variable_that_is_not_a_PowerShell_has_no_fallback()
    {
        var finder = new ShellFinder { Named = "no-such-program", SearchPath = FolderWith("7.5.0"), Root = Unrestorable() };

        ShellNotFoundException e = await Assert.ThrowsAsync<ShellNotFoundException>(() => finder.FindAsync(Cancellation));

        Assert.Equal("OSSPAYMENT_PWSH names 'no-such-program', which does not start a PowerShell.", e.Message);
    }

    [Theory]
    [InlineData("7.4.0")]
    [InlineData("7.7.0-preview.1")]
    public async Task PowerShell_on_PATH_takes_precedence_over_the_tool(string version)
    {
        var finder = new ShellFinder { Named = null, SearchPath = FolderWith(version), Root = Unrestorable() };

        Shell shell = await finder.FindAsync(Cancellation);

        Assert.Equal(Version.Parse(version.Split('-')[0]), shell.Version);
        Assert.Contains("on PATH", shell.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PowerShell_on_PATH_that_is_too_old_is_not_used()
    {
        var finder = new ShellFinder { Named = null, SearchPath = FolderWith("7.3.9"), Root = Unrestorable() };

        ShellNotFoundException e = await Assert.ThrowsAsync<ShellNotFoundException>(() => finder.FindAsync(Cancellation));

        Assert.StartsWith(
            "PowerShell on PATH has the version 7.3.9, and 7.4 or later is needed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_is_the_compiled_one_in_the_version_of_the_manifest()
    {
        Assert.SkipUnless(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ShellFinder.Variable)),
            $"With {ShellFinder.Variable}, the build does not compile the tool.");
        var finder = new ShellFinder { Named = null, SearchPath = "" };
        using JsonDocument manifest =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(ShellFinder.DefaultRoot, ".config", "dotnet-tools.json")));
        JsonElement tool = manifest.RootElement.GetProperty("tools").GetProperty("powershell");

        Shell shell = await finder.FindAsync(Cancellation);

        Assert.Equal(
            $"PowerShell {tool.GetProperty("version").GetString()}, a .NET tool, compiled by the build",
            shell.Description);
        string engine = Path.Combine(Path.GetDirectoryName(shell.CommandLine[1])!, "System.Management.Automation.dll");
        using var reader = new PEReader(File.OpenRead(engine));
        Assert.NotEqual(0, reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Fact]
    public async Task A_tool_that_cannot_be_restored_is_an_error_with_the_reason()
    {
        var finder = new ShellFinder { Named = null, SearchPath = "", Root = Unrestorable() };

        ShellNotFoundException e = await Assert.ThrowsAsync<ShellNotFoundException>(() => finder.FindAsync(Cancellation));

        Assert.StartsWith(
            "PowerShell was not found on PATH, and 'dotnet tool restore' could not get it: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("0.0.1", e.Message, StringComparison.Ordinal);
        Assert.Contains("OSSPAYMENT_PWSH", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    public void Without_PowerShell_a_file_is_skipped_locally_and_fails_in_CI(string? ci, bool fails)
    {
        TheoryDataRow<string?, string> row = PesterRow.WithoutShell("A.Tests.ps1", "There is none.", ci);

        Assert.Equal("A.Tests.ps1", row.TestDisplayName);
        Assert.Equal(fails ? "There is none." : null, row.Data.Item1);
        Assert.Equal(fails ? null : "There is none.", row.Skip);
    }

    /// <summary>A root whose tool manifest names a version that is nowhere.</summary>
    private string Unrestorable()
    {
        string root = _folder.CreateSubdirectory("root").FullName;
        File.WriteAllText(Path.Combine(root, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="empty" value="{root}" />
              </packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(root, "dotnet-tools.json"), """
            { "version": 1, "isRoot": true, "tools": { "powershell": { "version": "0.0.1", "commands": [ "pwsh" ] } } }
            """);
        return root;
    }

    private string FolderWith(string version) => Path.GetDirectoryName(Program("pwsh", version))!;

    /// <summary>A program that says that it is of this version.</summary>
    private string Program(string name, string version)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script stands in for PowerShell, and Windows starts none.");
        string path = Path.Combine(_folder.CreateSubdirectory(name).FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\necho {version}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
