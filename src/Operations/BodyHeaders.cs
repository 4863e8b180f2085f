using System;
using System.Collections.Generic;
using System.Reflection;
using System.Security.Cryptography;

namespace OssPayment.Operations;

/// <summary>The headers that a body brings along, all of them signed.</summary>
internal static class BodyHeaders
{
    private static readonly KeyValuePair<string, string> ContentType = new("content-type", "application/xml");

    /// <remarks>OSS checks a checksum that is sent, and does not require one.</remarks>
    /// <param name="body">What is sent.</param>
    /// <param name="createMD5">Creates the algorithm; null for .NET's own.</param>
    internal static KeyValuePair<string, string>[] Of(byte[] body, Func<HashAlgorithm>? createMD5 = null) =>
        HashOf(body, createMD5 ?? CreateMD5) is { } hash ? [ContentType, new("content-md5", hash)] : [ContentType];

    /// <summary>The checksum; null where a policy of the machine (FIPS) bars MD5.</summary>
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

    // A checksum alone: nothing secret depends on it.
#pragma warning disable CA5351
    private static MD5 CreateMD5() => MD5.Create();
#pragma warning restore CA5351
}
