using System;
using OssPayment.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(NoSystemProxy))]

namespace OssPayment.Tests;

/// <summary>Removes this machine's proxy settings, because the tests connect only to this machine.</summary>
public sealed class NoSystemProxy
{
    public NoSystemProxy()
    {
        foreach (string name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
