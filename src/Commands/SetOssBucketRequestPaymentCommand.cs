using System.Management.Automation;
using OssPayment.Completion;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Set-OssBucketRequestPayment: says who pays for a bucket's requests and traffic.</summary>
/// <remarks>Sends PutBucketRequestPayment; needs the permission <c>oss:PutBucketRequestPayment</c>.</remarks>
[Cmdlet(
    VerbsCommon.Set,
    "OssBucketRequestPayment",
    SupportsShouldProcess = true,
    HelpUri = HelpAddress.SetOssBucketRequestPayment)]
[OutputType(typeof(BucketRequestPayment))]
public sealed class SetOssBucketRequestPaymentCommand : BucketCmdlet
{
    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>Who pays from now on: BucketOwner or Requester.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Payer]
    public Payer Payer { get; set; }

    /// <summary>
    /// What <c>Get-OssBucketRequestPayment</c> emitted: confirmations show its payer as the one before. It is taken
    /// from the pipeline, which binds its other properties too.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BucketRequestPayment? InputObject { get; set; }

    /// <summary>Emits what was set, once OSS has confirmed it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The bound value as text if it is not a payer; otherwise null.</summary>
    private string? BoundText => MyInvocation.BoundParameters.TryGetValue(nameof(Payer), out object? bound)
        ? PayerAttribute.TextOf(bound)
        : null;

    /// <summary>The change, with the payer before it if the input has one.</summary>
    private string Description => InputObject switch
    {
        null => $"set the payer to {Payer}",
        { Payer: var before } when before == Payer => $"set the payer to {Payer} (no change: it was {Payer} before)",
        { Payer: var before } => $"set the payer from {before} to {Payer}",
    };

    private protected override void CheckCommandLine()
    {
        base.CheckCommandLine();
        if (BoundText is { } text)
        {
            throw PayerAttribute.NotValid(text);
        }
    }

    private protected override Work CreateWork(string bucket)
    {
        Payer payer = Payer;
        string? refused = payer == PayerAttribute.None ? BoundText : null;
        return new Change<BucketRequestPayment>(
            refused is null ? new RequestPaymentTarget(bucket, payer) : new InvalidPayerTarget(bucket, refused),
            () => refused is null
                ? RequestPaymentOperations.Put(bucket, payer)
                : throw PayerAttribute.NotValid(refused),
            Description)
        {
            Emits = PassThru,
            SuggestedPatternCommand = $"Get-OssBucketRequestPayment {{0}} | Set-OssBucketRequestPayment -Payer {payer}",
        };
    }
}
