using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>What was given to a parameter, before PowerShell has converted it.</summary>
internal static class Given
{
    /// <summary>The object itself, which PowerShell may have wrapped.</summary>
    internal static object? Unwrap(object? given) => given is PSObject wrapped ? wrapped.BaseObject : given;
}
