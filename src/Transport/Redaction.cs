using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;
using OssPayment.Text;

namespace OssPayment.Transport;

/// <summary>Takes a request's secrets out of what the other side, or .NET, says about it.</summary>
/// <remarks>A server may echo what it was sent, and .NET shows a proxy's URL with its password.</remarks>
internal sealed class Redaction
{
    private const string Mask = "***";

    private static readonly Regex UserInfo = new(@"(?<=://)[^\s/'""]*@", RegexOptions.CultureInvariant);

    private readonly string?[] _secrets;

    /// <param name="secrets">What must not be shown; null for what there is none of.</param>
    internal Redaction(params string?[] secrets)
    {
        _secrets = secrets;
    }

    /// <summary>The text without secrets, harmless to show, and not endless.</summary>
    internal string Clean(string text, int maximumLength = 512) => Sanitizer.Sanitize(Apply(text), maximumLength);

    private string Apply(string text)
    {
        string redacted = text.IndexOf('@') < 0 ? text : UserInfo.Replace(text, Mask + "@");
        foreach (string? secret in _secrets)
        {
            // Most texts are request ids, which are too short to hold any form of a secret.
            if (secret?.Length <= redacted.Length)
            {
                foreach (string form in Forms(secret!))
                {
                    redacted = redacted.Replace(form, Mask);
                }
            }
        }

        return redacted;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        if (secret.Length > 0)
        {
            yield return secret;
            yield return Uri.EscapeDataString(secret);
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        }
    }
}
