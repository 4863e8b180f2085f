using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.PowerShell;

namespace OssPayment.Cmdlets.Tests;

/// <summary>The paths of the suite and its tools, as the build recorded them, and its PowerShell.</summary>
internal static class Suite
{
    private static readonly Lazy<Task<Shell>> Found = new(() => new ShellFinder().FindAsync(CancellationToken.None));

    /// <summary>The folder of the Pester files.</summary>
    internal static string Folder { get; } = Metadata("SuiteFolder");

    /// <summary>The configuration that was built, whose emulator the suite starts.</summary>
    internal static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The manifest of the module Pester, in the package.</summary>
    internal static string Pester { get; } = Metadata("Pester");

    /// <summary>The folder of the library YamlDotNet in its package, with a folder for each framework.</summary>
    internal static string YamlDotNet { get; } = Metadata("YamlDotNet");

    /// <summary>The PowerShell of the Pester files. All tests share it: the search starts processes.</summary>
    /// <exception cref="ShellNotFoundException">There is no PowerShell.</exception>
    internal static Task<Shell> FindShellAsync() => Found.Value;

    private static string Metadata(string key) => typeof(Suite).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
