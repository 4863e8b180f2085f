using System.Text.RegularExpressions;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.Signing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>The service itself: takes requests apart, checks them in OSS's order, and carries them out.</summary>
internal sealed partial class OssService(EmulatorState state)
{
    private readonly Authenticator _authenticator = new(state);

    /// <summary>Does everything up to, but not including, the operation.</summary>
    public PreparedRequest Prepare(RecordedRequest request)
    {
        var answers = new AnswerFactory(state, request);
        try
        {
            return Prepare(request, answers);
        }
        catch (ServiceException refusal)
        {
            return new PreparedRequest(answers, refusal, null);
        }
    }

    public static Answer CarryOut(PreparedRequest prepared)
    {
        if (prepared.Refusal is not null)
        {
            return prepared.Answers.Error(prepared.Refusal);
        }

        try
        {
            return prepared.Run!();
        }
        catch (ServiceException refusal)
        {
            return prepared.Answers.Error(refusal);
        }
    }

    private PreparedRequest Prepare(RecordedRequest request, AnswerFactory answers)
    {
        RequestAddress address = RequestAddress.Read(request, state);
        request.Bucket = address.Bucket;
        var query = new Query(address.RawQuery);
        Operation? operation = OperationTable.Find(request.Method, address, query);
        request.Operation = operation?.Name;

        Bucket? bucket = FindBucket(address);
        KeyPair caller = _authenticator.Authenticate(request, address, bucket?.Region ?? address.Region);
        request.Verified = true;

        operation = operation ?? throw OperationTable.Refuse(request.Method, address, query);
        CheckPermission(address, bucket, caller, operation);
        var call = new OperationCall(state, request, query, caller, bucket, answers);
        return new PreparedRequest(answers, null, () => operation.Run(call));
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

        // The region is settled before the caller is: the wrong endpoint cannot check signatures of other regions.
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
                throw ServiceErrors.NotYourBucket();
            }
        }

        if (caller.Access == KeyAccess.ReadOnly && !operation.IsReading)
        {
            throw ServiceErrors.NotPermitted(operation.Name);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\\z")]
    private static partial Regex BucketName();
}
