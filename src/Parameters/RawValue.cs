using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>The value of a parameter, before PowerShell converts it.</summary>
internal static class RawValue
{
    /// <summary>The object itself, which PowerShell may have wrapped.</summary>
    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
