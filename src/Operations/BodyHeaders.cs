using System;
using System.Collections.Generic;
using System.Reflection;
using System.Security.Cryptography;

namespace OssPayment.Operations;

/// <summary>The headers of a request with a body, all of them signed.</summary>
internal static class BodyHeaders
{
    private static readonly KeyValuePair<string, string> ContentType = new("content-type", "application/xml");

    /// <remarks>OSS verifies a checksum if there is one, but does not require it.</remarks>
    /// <param name="body">The body.</param>
    /// <param name="createMD5">Creates the algorithm; null for .NET's own.</param>
    internal static KeyValuePair<string, string>[] Of(byte[] body, Func<HashAlgorithm>? createMD5 = null) =>
        HashOf(body, createMD5 ?? CreateMD5) is { } hash ? [ContentType, new("content-md5", hash)] : [ContentType];

    /// <summary>The checksum; null if a policy of the machine (FIPS) forbids MD5.</summary>
    private static string? HashOf(byte[] body, Func<HashAlgorithm> createMD5)
    {
        try
        {
            using HashAlgorithm md5 = createMD5();
            return Convert.ToBase64String(md5.ComputeHash(body));
        }
        catch (Exception e) when (e is InvalidOperationException or TargetInvocationException or NotSupportedException
            or CryptographicException)
        {
            // .NET Framework refuses to create it with one of the first two, .NET to use it with one of the others.
            return null;
        }
    }

    // MD5 is only a checksum here: nothing secret depends on it.
#pragma warning disable CA5351
    private static MD5 CreateMD5() => MD5.Create();
#pragma warning restore CA5351
}
