using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace OssPayment.NetFramework.Tests;

/// <summary>
/// Windows PowerShell 5.1 runs the module on .NET Framework 4.7.2 or later, and no other machine can run it there. What can be
/// held everywhere: all that the module uses of .NET is in .NET Framework's reference assemblies, too. (That its sources
/// compile against them is held by the build, in tests/NetFramework.)
/// </summary>
public sealed class NetFrameworkTests
{
    private readonly ITestOutputHelper _output;

    public NetFrameworkTests(ITestOutputHelper output)
    {
        _output = output;
    }

    [Fact]
    public void Every_API_that_the_module_uses_is_in_NET_Framework()
    {
        ReferenceCheck check = Check(Metadata("Module"));

        _output.WriteLine($".NET Framework: {check.Types} types and {check.Members} members are there");
        Assert.Empty(check.Missing);
        Assert.True(check.Types > 100, "Few types were found: is this the module?");
        Assert.True(check.Members > 300, "Few members were found: is this the module?");
    }

    [Fact]
    public void An_API_that_is_not_in_NET_Framework_is_found()
    {
        // This assembly is for a later .NET and uses its additions: a type, an overload, a member of a generic type.
        _ = new DateOnly(2000, 1, 1);
        _ = "text".Contains('x', StringComparison.Ordinal);
        _ = new System.Collections.Generic.Queue<int>().TryPeek(out _);

        ReferenceCheck check = Check(typeof(NetFrameworkTests).Assembly.Location);

        Assert.Contains("System.DateOnly", check.Missing);
        Assert.Contains("System.String.Contains: System.Boolean(System.Char, System.StringComparison)", check.Missing);
        Assert.Contains("System.Collections.Generic.Queue`1.TryPeek: System.Boolean(!0&)", check.Missing);
        Assert.DoesNotContain("System.Attribute..ctor: System.Void()", check.Missing);
        Assert.DoesNotContain(check.Missing, missing => missing.StartsWith("System.Collections.Generic.List`1", StringComparison.Ordinal));
    }

    private static ReferenceCheck Check(string assembly)
    {
        using var available = new ReferenceAssemblies(Metadata("NetFramework"));
        return ReferenceCheck.Run(assembly, available);
    }

    private static string Metadata(string key) => typeof(NetFrameworkTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
