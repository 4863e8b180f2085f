using System;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Takes a text that is no URI at all for one that leads nowhere, which the cmdlet then refuses.</summary>
/// <remarks>PowerShell's own refusal would show the text, and a proxy's password may be in it.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProxyAttribute : ArgumentTransformationAttribute
{
    private static readonly Uri Nowhere = new("", UriKind.Relative);

    /// <summary>Makes a URI of a text.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The URI, or what was given where that is no text.</returns>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Given.Unwrap(inputData) is not string text ? inputData
        : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? proxy) ? proxy
        : Nowhere;
}
