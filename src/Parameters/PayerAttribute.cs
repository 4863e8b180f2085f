using System;
using System.Management.Automation;

namespace OssPayment.Parameters;

/// <summary>Reads a payer, which is one of two words; blanks around it and case do not count.</summary>
/// <remarks>
/// PowerShell itself takes numbers and beginnings of the words, and leaves out a piped property that it cannot read. So
/// anything else becomes <see cref="None"/> here, for the cmdlet to refuse with the bucket's name, in its turn.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PayerAttribute : ArgumentTransformationAttribute
{
    /// <summary>What stands for a text that is not a payer.</summary>
    internal const Payer None = (Payer)(-1);

    /// <summary>The last such text: PowerShell sets the parameter next, on the same thread.</summary>
    [ThreadStatic]
    private static string? _refused;

    /// <summary>Reads a payer.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">What was given.</param>
    /// <returns>The payer, or a value that is none, which the cmdlet refuses.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">It is several.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (LanguagePrimitives.GetEnumerable(inputData) is not null)
        {
            throw new ArgumentTransformationMetadataException("Give one payer, not several.");
        }

        // The text, because what comes from a file or another session may be a number that only looks like a payer.
        string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? "";
        foreach (Payer payer in new[] { Payer.BucketOwner, Payer.Requester })
        {
            if (string.Equals(text.Trim(), payer.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return payer;
            }
        }

        _refused = text;
        return None;
    }

    /// <summary>
    /// The text that <see cref="None"/> stands for, by the setter of the parameter; null for a payer.
    /// </summary>
    internal static string? RefusedFor(Payer payer) => payer == None ? _refused ?? "" : null;
}
