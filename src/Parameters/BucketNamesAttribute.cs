using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Takes names as names, and nothing else: without it, any piped object would become the name of its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BucketNamesAttribute : ArgumentTransformationAttribute
{
    /// <summary>Lets names pass.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>What was given.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">
    /// It is an object. PowerShell then looks for the name in its properties.
    /// </exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = Given.Unwrap(inputData);
        if (IsName(given))
        {
            return inputData;
        }

        // Collections of every kind, of which PowerShell itself converts only some.
        object?[]? names = given is IEnumerable and not IDictionary
            ? [.. ((IEnumerable)given).Cast<object?>().Select(Given.Unwrap)]
            : null;
        return names is not null && names.All(IsName)
            ? names
            : throw new ArgumentTransformationMetadataException(
                "An object is not a bucket name.", new PSInvalidCastException("An object is not a bucket name."));
    }

    private static bool IsName(object? given) => given is null or string or ValueType;
}
