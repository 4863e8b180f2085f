using System.Collections.Generic;
using System.Management.Automation;
using OssPayment.Client;

namespace OssPayment.Commands;

/// <summary>Set-OssBucketRequestPayment: says who pays for a bucket's requests and traffic.</summary>
/// <remarks>OSS's PutBucketRequestPayment; needs the permission <c>oss:PutBucketRequestPayment</c>.</remarks>
[Cmdlet(VerbsCommon.Set, "OssBucketRequestPayment", SupportsShouldProcess = true)]
[OutputType(typeof(BucketRequestPayment))]
public sealed class SetOssBucketRequestPaymentCommand : OssBucketCmdlet<RequestPaymentTarget>
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    [Alias("BucketName", "Name")]
    public override string[]? Bucket { get; set; }

    /// <summary>Who pays from now on: BucketOwner or Requester.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [OneValue]
    public Payer Payer { get; set; }

    /// <summary>Emits what was set, once OSS has confirmed it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesPatterns => false;

    private protected override bool ChangesBuckets => true;

    private protected override IEnumerable<RequestPaymentTarget> TargetsAt(string bucket) =>
        [new RequestPaymentTarget(bucket, Payer)];

    private protected override void Validate(RequestPaymentTarget target, OssLocation location)
    {
        RequireName(target, "Get-OssBucketRequestPayment 'log-*' | Set-OssBucketRequestPayment -Payer Requester");
        BucketName.Require(target.Bucket);
    }

    private protected override void Process(RequestPaymentTarget target, OssLocation location)
    {
        if (!ShouldProcess($"bucket {target.Bucket} ({target.Region})", $"set the payer to {target.Payer}"))
        {
            return;
        }

        Start(target, async (trace, cancellation) =>
        {
            BucketRequestPayment done = await Client
                .PutBucketRequestPaymentAsync(location, target.Bucket, target.Payer, trace, cancellation).ConfigureAwait(false);
            return PassThru ? done : null;
        });
    }
}
