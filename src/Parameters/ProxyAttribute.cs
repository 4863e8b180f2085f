using System;
using System.Management.Automation;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>Reads a URI. Text that is not a URI becomes an empty one, which the cmdlet refuses.</summary>
/// <remarks>The message of PowerShell would show the text, which may contain the password of a proxy.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProxyAttribute : ArgumentTransformationAttribute
{
    private static readonly Uri Invalid = new("", UriKind.Relative);

    /// <summary>Reads a URI.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>The URI; a value that is not a string is returned unchanged.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        RawValue.Unwrap(inputData) is not string text ? inputData
        : Uri.TryCreate(UserInfo.Escape(text), UriKind.RelativeOrAbsolute, out Uri? proxy) ? proxy
        : Invalid;
}
