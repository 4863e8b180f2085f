using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using OssPayment.Text;

namespace OssPayment.Parameters;

/// <summary>Reads a payer: one of two words, in any case, with or without spaces around it.</summary>
/// <remarks>
/// PowerShell itself accepts numbers and the beginnings of the words, and ignores a piped property that it cannot
/// convert. So other text becomes <see cref="None"/>, and the cmdlet refuses it with the name of the bucket. A number 0
/// or 1 in a piped object is the payer that ConvertTo-Json wrote; the cmdlet refuses it on the command line.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PayerAttribute : ArgumentTransformationAttribute
{
    /// <summary>Stands for a text that is not a payer.</summary>
    internal const Payer None = (Payer)(-1);

    /// <summary>
    /// The texts behind <see cref="None"/> and behind payers that were numbers, by the object that PowerShell bound.
    /// </summary>
    private static readonly ConditionalWeakTable<object, string> Texts = new();

    /// <summary>Reads a payer.</summary>
    /// <param name="engineIntrinsics">Not used.</param>
    /// <param name="inputData">The value of the parameter.</param>
    /// <returns>The payer, or a value that the cmdlet refuses.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">There are several values.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (LanguagePrimitives.GetEnumerable(inputData) is not null)
        {
            throw new ArgumentTransformationMetadataException("Specify a single payer.");
        }

        // The text, because a value from a file or another session may be a number that only looks like a payer.
        string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? "";
        foreach (Payer payer in new[] { Payer.BucketOwner, Payer.Requester })
        {
            if (string.Equals(text.Trim(), payer.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return payer;
            }
        }

        object payerOrNone = RawValue.Unwrap(inputData) is int or long && text is "0" or "1"
            ? (Payer)(text[0] - '0')
            : None;
        Texts.Add(payerOrNone, text);
        return payerOrNone;
    }

    /// <summary>The text behind a bound value that was not one of the two words; null if it was.</summary>
    internal static string? TextOf(object bound) => Texts.TryGetValue(bound, out string? text) ? text : null;

    /// <summary>The refusal of a text that is not a payer.</summary>
    internal static OssRequestException NotValid(string text)
    {
        string problem = string.IsNullOrWhiteSpace(text)
            ? "No payer was specified"
            : $"'{Sanitizer.Sanitize(text, 80)}' is not a valid payer";
        return new(OssRequestError.InvalidPayer, $"{problem}. Use BucketOwner or Requester.");
    }
}
