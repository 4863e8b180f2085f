using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace OssPayment.Emulator.Faults;

/// <summary>Something that goes wrong with an answer. In JSON, <c>kind</c> says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DelayAnswer), "delay")]
[JsonDerivedType(typeof(HangAnswer), "hang")]
[JsonDerivedType(typeof(DripAnswer), "drip")]
[JsonDerivedType(typeof(CutConnection), "cut")]
[JsonDerivedType(typeof(OverlongBody), "overlongBody")]
[JsonDerivedType(typeof(EndlessBody), "endlessBody")]
[JsonDerivedType(typeof(ReplaceAnswer), "replace")]
[JsonDerivedType(typeof(OssErrorAnswer), "ossError")]
[JsonDerivedType(typeof(RawAnswer), "raw")]
public abstract record FaultAction
{
    internal abstract Task PlayAsync(FaultStage stage);
}
