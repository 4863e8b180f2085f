using System;
using System.Collections.Generic;
using OssPayment.Emulator.Faults;

namespace OssPayment.Tests.Client.Faults.Rows;

/// <summary>Actions that the rows share.</summary>
internal static class Responses
{
    internal const string Html =
        "<html><head><title>Sign in</title></head><body>Sign in to the network</body></html>";

    internal static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    internal static readonly IReadOnlyDictionary<string, string> HtmlHeaders =
        new Dictionary<string, string> { ["Content-Type"] = "text/html" };

    /// <summary>A response with this body, which has a request id as those of OSS have.</summary>
    internal static ReplaceResponse Body(string text, int status = 200) => new()
    {
        Status = status,
        Headers = WithRequestId(),
        Text = text,
    };

    /// <summary>Headers with a request id, and these.</summary>
    internal static Dictionary<string, string> WithRequestId(params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string> { ["x-oss-request-id"] = "0123456789ABCDEF01234567" };
        foreach ((string name, string value) in headers)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary>An error of OSS with these elements.</summary>
    internal static ReplaceResponse Error(string elements, int status = 403) =>
        Body($"<Error>{elements}</Error>", status);

    /// <summary>Exactly this text, which need not be HTTP.</summary>
    internal static RawResponse Raw(string text, Ending then = Ending.Close) =>
        new(text.Replace("\n", "\r\n", StringComparison.Ordinal), Then: then);
}
