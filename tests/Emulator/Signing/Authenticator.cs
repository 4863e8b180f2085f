using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Signing;

/// <summary>Determines who sent a request, or rejects it as the service would.</summary>
internal sealed class Authenticator(EmulatorState state)
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <summary>Checks the signature of a request, and returns the key pair that signed it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">The address of the request.</param>
    /// <param name="region">The region for which it must be signed, or null if any existing region is valid.</param>
    public KeyPair Authenticate(RecordedRequest request, RequestAddress address, string? region)
    {
        string value = request.Header("authorization") ?? throw Unsigned(address);
        var authorization = AuthorizationHeader.Parse(value);
        CheckSignedHeaders(request, authorization);

        KeyPair pair = state.KeyPairs.FindById(authorization.KeyId)
            ?? throw ServiceErrors.InvalidAccessKeyId(authorization.KeyId);
        if (pair.Access == KeyAccess.Disabled)
        {
            throw ServiceErrors.DisabledAccessKeyId(pair.Id);
        }

        if (request.Header("x-oss-content-sha256") != SignatureVerifier.UnsignedPayload)
        {
            throw ServiceErrors.InvalidArgument(
                "The x-oss-content-sha256 header is invalid.", "x-oss-content-sha256", "0002-00000214");
        }

        CheckTime(request, authorization);
        CheckRegion(authorization.Region, region);
        CheckSignature(request, address, authorization, pair);
        CheckToken(request, pair);
        return pair;
    }

    private static ServiceException Unsigned(RequestAddress address) =>
        new Query(address.RawQuery).Has("OSSAccessKeyId") ? ServiceErrors.SignatureV1() : ServiceErrors.Anonymous();

    private static void CheckSignedHeaders(RecordedRequest request, AuthorizationHeader authorization)
    {
        var repeated = request.Headers
            .Select(header => header.Key.ToLowerInvariant())
            .Where(name => SignatureVerifier.IsAlwaysSigned(name) || authorization.AdditionalHeaders.Contains(name))
            .GroupBy(name => name)
            .FirstOrDefault(names => names.Count() > 1);
        if (repeated is not null)
        {
            throw ServiceErrors.InvalidArgument("A signed header was sent more than once.", repeated.Key);
        }

        string? missing = authorization.AdditionalHeaders.FirstOrDefault(name => request.Header(name) is null);
        if (missing is not null)
        {
            throw ServiceErrors.InvalidArgument("An additional header is missing.", missing, "0002-00000211");
        }
    }

    private void CheckTime(RecordedRequest request, AuthorizationHeader authorization)
    {
        string value = request.Header("x-oss-date") ?? throw ServiceErrors.MissingDate();
        bool isTime = DateTimeOffset.TryParseExact(
            value,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time);
        if (!isTime)
        {
            throw ServiceErrors.InvalidDate();
        }

        if (time.ToString("yyyyMMdd", CultureInfo.InvariantCulture) != authorization.Date)
        {
            throw ServiceErrors.InvalidAuthorization("Invalid signing date in Authorization header.", "0002-00000212");
        }

        DateTimeOffset now = state.Now;
        if ((now - time).Duration() > MaxSkew)
        {
            throw ServiceErrors.RequestTimeTooSkewed(time, now, MaxSkew);
        }
    }

    private static void CheckRegion(string signed, string? required)
    {
        if (required is null ? !Regions.Has(signed) : signed != required)
        {
            throw ServiceErrors.InvalidAuthorization(
                "Invalid signing region in Authorization header.", "0002-00000226");
        }
    }

    private static void CheckSignature(
        RecordedRequest request, RequestAddress address, AuthorizationHeader authorization, KeyPair pair)
    {
        ExpectedSignature expected = SignatureVerifier.Expect(
            request.Method,
            address.Bucket,
            address.Key,
            address.RawQuery,
            request.Headers,
            authorization.Region,
            pair.Secret,
            authorization.AdditionalHeaders);

        bool matches = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected.Signature), Encoding.ASCII.GetBytes(authorization.Signature));
        if (!matches)
        {
            throw ServiceErrors.SignatureDoesNotMatch(pair.Id, authorization.Signature, expected);
        }
    }

    private void CheckToken(RecordedRequest request, KeyPair pair)
    {
        string? token = request.Header("x-oss-security-token");
        if (pair.Token is null)
        {
            if (token is not null)
            {
                throw ServiceErrors.SecurityTokenMismatch();
            }

            return;
        }

        if (token is null)
        {
            throw ServiceErrors.MissingSecurityToken(pair.Id);
        }

        if (token != pair.Token)
        {
            throw ServiceErrors.InvalidSecurityToken(token);
        }

        if (pair.Access == KeyAccess.Expired || pair.Expires <= state.Now)
        {
            throw ServiceErrors.SecurityTokenExpired(token);
        }
    }
}
