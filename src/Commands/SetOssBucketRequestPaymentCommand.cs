using System.Management.Automation;
using OssPayment.Endpoints;
using OssPayment.Operations;
using OssPayment.Parameters;
using OssPayment.Text;

namespace OssPayment.Commands;

/// <summary>Set-OssBucketRequestPayment: says who pays for a bucket's requests and traffic.</summary>
/// <remarks>OSS's PutBucketRequestPayment; needs the permission <c>oss:PutBucketRequestPayment</c>.</remarks>
[Cmdlet(
    VerbsCommon.Set,
    "OssBucketRequestPayment",
    SupportsShouldProcess = true,
    HelpUri = HelpAddress.Pages + "Set-OssBucketRequestPayment.md")]
[OutputType(typeof(BucketRequestPayment))]
public sealed class SetOssBucketRequestPaymentCommand : OssCmdlet
{
    private Payer _payer;
    private string? _refusedPayer;

    /// <summary>The names of the buckets: 3 to 63 of a-z, 0-9 and '-'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [BucketNames]
    [Alias("BucketName", "Name")]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public override string[]? Bucket { get; set; }

    /// <summary>Who pays from now on: BucketOwner or Requester.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Payer]
    public Payer Payer
    {
        get => _payer;
        set
        {
            _payer = value;
            _refusedPayer = PayerAttribute.RefusedFor(value);
        }
    }

    /// <summary>
    /// What <c>Get-OssBucketRequestPayment</c> emitted: confirmations show its payer as the one before. It is taken
    /// from the pipeline, which binds its other properties too.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BucketRequestPayment? InputObject { get; set; }

    /// <summary>Emits what was set, once OSS has confirmed it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsChanging => true;

    private protected override void CheckCommandLine()
    {
        base.CheckCommandLine();
        ThrowIfRefused(_refusedPayer);
    }

    private protected override void ProcessBucket(string bucket, ListedPlace? listed)
    {
        BucketTarget target = _refusedPayer is { } refused
            ? new InvalidPayerTarget(bucket, refused)
            : new RequestPaymentTarget(bucket, Payer);
        Process(target, listed, location =>
        {
            ThrowIfRefused(_refusedPayer);
            if (BucketPattern.IsPattern(bucket))
            {
                throw BucketPattern.NotTaken(
                    bucket, $"Get-OssBucketRequestPayment {{0}} | Set-OssBucketRequestPayment -Payer {Payer}");
            }

            OssOperation<BucketRequestPayment> put = RequestPaymentOperations.Put(bucket, Payer);
            if (ShouldProcess(target.Describe(), Change()))
            {
                Send(target, location, put, PassThru);
            }
        });
    }

    /// <summary>What a confirmation says; the payer before where another is known.</summary>
    private string Change() => InputObject is { } before && before.Payer != Payer
        ? $"set the payer from {before.Payer} to {Payer}"
        : $"set the payer to {Payer}";

    private static void ThrowIfRefused(string? payer)
    {
        if (payer is not null)
        {
            string what = string.IsNullOrWhiteSpace(payer)
                ? "No payer is named"
                : $"'{Sanitizer.Sanitize(payer, 80)}' is not a payer";
            throw new OssRequestException(OssRequestError.InvalidPayer, $"{what}. Use BucketOwner or Requester.");
        }
    }
}
