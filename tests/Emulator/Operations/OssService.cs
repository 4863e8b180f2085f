using System;
using System.Text.RegularExpressions;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>The service: parses requests, checks them in an assumed order, and runs the operations.</summary>
internal sealed partial class OssService(EmulatorState state)
{
    private readonly Authenticator _authenticator = new(state);

    /// <summary>Parses and checks a request, but does not run the operation.</summary>
    public PreparedRequest Prepare(RecordedRequest request)
    {
        var responses = new ResponseFactory(state, request);
        try
        {
            return Prepare(request, responses);
        }
        catch (ServiceException error)
        {
            return new PreparedRequest(responses, error, null);
        }
    }

    public static Response Execute(PreparedRequest prepared)
    {
        if (prepared.Error is not null)
        {
            return prepared.Responses.Error(prepared.Error);
        }

        try
        {
            return prepared.Run!();
        }
        catch (ServiceException error)
        {
            return prepared.Responses.Error(error);
        }
    }

    private PreparedRequest Prepare(RecordedRequest request, ResponseFactory responses)
    {
        RequestAddress address = RequestAddress.Read(request, state);
        request.Bucket = address.Bucket;
        var query = new Query(address.RawQuery);
        Operation? operation = OperationTable.Find(request.Method, address, query);
        request.Operation = operation?.Name;

        Bucket? bucket = FindBucket(address);
        KeyPair caller = _authenticator.Authenticate(request, address, bucket?.Region ?? address.Region);
        request.Verified = true;

        operation = operation ?? throw OperationTable.ErrorFor(request.Method, address, query);
        CheckPermission(address, bucket, caller, operation);
        string region = bucket?.Region ?? address.Region
            ?? AuthorizationHeader.Parse(request.Header("authorization")!).Region;
        var call = new OperationCall(state, request, query, caller, bucket, region, responses);
        return new PreparedRequest(responses, null, () => operation.Run(call));
    }

    private Bucket? FindBucket(RequestAddress address)
    {
        if (address.Bucket is null)
        {
            return null;
        }

        if (!BucketName().IsMatch(address.Bucket))
        {
            throw ServiceErrors.InvalidBucketName(address.Bucket);
        }

        // Checked before the signature, because an endpoint cannot check signatures for other regions.
        Bucket? bucket = state.Buckets.Find(address.Bucket);
        return bucket is null || address.Region is null || bucket.Region == address.Region
            ? bucket
            : throw ServiceErrors.WrongEndpoint(bucket.Name, bucket.Region);
    }

    private static void CheckPermission(RequestAddress address, Bucket? bucket, KeyPair caller, Operation operation)
    {
        if (operation.OnBucket)
        {
            if (bucket is null)
            {
                throw ServiceErrors.NoSuchBucket(address.Bucket!);
            }

            if (bucket.Account != caller.Account)
            {
                throw ServiceErrors.NotBucketOwner();
            }
        }

        if (caller.Access == KeyAccess.ReadOnly && !operation.IsReadOnly)
        {
            throw ServiceErrors.NotPermitted(operation.Name);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\\z")]
    private static partial Regex BucketName();
}

/// <summary>A request that was checked: either the error that was found, or the operation to run.</summary>
internal sealed record PreparedRequest(ResponseFactory Responses, ServiceException? Error, Func<Response>? Run);
