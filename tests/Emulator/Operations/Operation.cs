using System;

namespace OssPayment.Emulator.Operations;

/// <summary>An operation of the service, and how requests for it look.</summary>
/// <param name="Name">The name in the vendor's reference.</param>
/// <param name="Method">The method.</param>
/// <param name="OnBucket">Whether it is asked of a bucket, or else of the service.</param>
/// <param name="SubResource">The parameter that says what is meant, or null where none does.</param>
/// <param name="Run">Carries it out.</param>
internal sealed record Operation(
    string Name, string Method, bool OnBucket, string? SubResource, Func<OperationCall, Answer> Run)
{
    /// <summary>Whether it only looks.</summary>
    public bool IsReading => Method == "GET";
}
